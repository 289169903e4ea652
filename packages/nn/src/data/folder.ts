// One's own pictures: a folder with a folder for each class, PNG and JPEG files inside.
import { dataset, sizeOf } from './dataset.ts'
import { DataError } from './errors.ts'
import { loadJpeg } from './formats/jpeg.ts'
import { loadPng, type PngOptions } from './formats/png.ts'
import type { Dataset, Image } from './images.ts'
import { attempt, MAX_BYTES, node } from './node.ts'

const JPEG = /\.jpe?g$/i
const IMAGE = /\.(?:png|jpe?g)$/i

/**
 * The PNG and JPEG images of `path/<class>/<name>.png` as a dataset. Classes are numbered in the
 * order of their names, which become `names`; images come class by class, in the order of their
 * names. Other files are passed over. All images must be of one shape. Throws DataError naming the
 * file.
 */
export function loadImageFolder(path: string, options: PngOptions = {}): Dataset {
  const { fs, path: paths } = node(path)
  const list = (folder: string) =>
    attempt(folder, 'folder', 'cannot be read', () => fs.readdirSync(folder).sort())
  const isFolder = (name: string) =>
    fs.statSync(paths.join(path, name), { throwIfNoEntry: false })?.isDirectory()
  const names = list(path).filter(isFolder)
  if (names.length === 0) throw new DataError(path, 'classes', 'it holds no folder of a class.')
  const images: Image[] = []
  const labels: number[] = []
  let bytes = 0
  names.forEach((name, label) => {
    const folder = paths.join(path, name)
    const files = list(folder).filter((file) => IMAGE.test(file))
    if (files.length === 0) throw new DataError(folder, 'images', 'it holds no .png or .jpg file.')
    for (const file of files) {
      const load = JPEG.test(file) ? loadJpeg : loadPng
      const image = load(paths.join(folder, file), options)
      const [first = image] = images
      if (first.shape.join() !== image.shape.join()) {
        const sentence = `[${image.shape}] differs from the first image's [${first.shape}].`
        throw new DataError(paths.join(folder, file), 'shape', sentence)
      }
      bytes += image.data.byteLength
      if (bytes > MAX_BYTES) throw new DataError(path, 'images', `more than ${MAX_BYTES} bytes.`)
      images.push(image)
      labels.push(label)
    }
  })
  const shape = images[0]!.shape
  const values = new Float32Array(images.length * sizeOf(shape))
  images.forEach((image, i) => {
    values.set(image.data, i * sizeOf(shape))
  })
  return dataset({ images: values, labels, shape, classes: names.length, names }, path)
}
