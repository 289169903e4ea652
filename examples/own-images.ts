// Train on one's own pictures: a folder with a folder of PNG files for each class.
//
//   npx tsx examples/own-images.ts [FOLDER]
//
// Without a folder it draws one first: crosses and rings in colour, 12×12, a little different each.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  accuracy,
  adam,
  augment,
  encodePng,
  generator,
  imageOf,
  load,
  loadImageFolder,
  miniResNet,
  picture,
  predict,
  save,
  split,
  train,
} from '@backprove/nn'

const scratch = mkdtempSync(join(tmpdir(), 'backprove-images-'))
const folder = process.argv[2] ?? drawImages(join(scratch, 'images'))

const images = loadImageFolder(folder)
const [channels, height, width] = images.shape
console.log(`${images.labels.length} images of ${channels} channels, ${height}×${width}:`)
console.log(images.names?.join(', '))

const parts = split(images, { train: 0.75, dev: 0, test: 0.25, seed: 1 })
const model = miniResNet({ input: images.shape, classes: images.classes })
const options = {
  optimizer: adam({ rate: 0.01 }),
  epochs: 15,
  augment: augment.compose(augment.flip(), augment.flip({ direction: 'vertical' })),
}
for await (const { epoch, step, cost } of train(model, parts.train, options)) {
  if (step % (5 * Math.ceil(parts.train.labels.length / 16)) === 0) {
    console.log(`epoch ${epoch}: cost ${cost.toFixed(3)}`)
  }
}
console.log(`held out: ${(100 * accuracy(model, parts.test)).toFixed(0)} % right`)

// Keep the network, and ask it later.
const path = join(scratch, 'shapes.safetensors')
save(model, path)
const image = imageOf(parts.test, 0)
const [answer] = predict(load(path).model, [image])
console.log(picture(image))
console.log(`this is in ${images.names?.[answer!.label]}`)
rmSync(scratch, { recursive: true })

function drawImages(path: string): string {
  const random = generator(1)
  const shapes = {
    crosses: (i: number, j: number) => Math.abs(i) < 1 || Math.abs(j) < 1,
    rings: (i: number, j: number) => Math.abs(Math.hypot(i, j) - 3.5) < 0.9,
  }
  for (const [name, inside] of Object.entries(shapes)) {
    mkdirSync(join(path, name), { recursive: true })
    for (let k = 0; k < 40; k++) {
      const [row, column] = [random.uniform(4.5, 6.5), random.uniform(4.5, 6.5)]
      const colour = [random.uniform(), random.uniform(), random.uniform()]
      const data = new Float32Array(3 * 144)
      for (let at = 0; at < 144; at++) {
        const drawn = inside(Math.floor(at / 12) - row, (at % 12) - column)
        colour.forEach((ink, c) => {
          data[144 * c + at] = drawn ? ink : 1
        })
      }
      writeFileSync(join(path, name, `${k}.png`), encodePng({ shape: [3, 12, 12], data }))
    }
  }
  return path
}
