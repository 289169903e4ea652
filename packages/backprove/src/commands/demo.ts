// backprove demo: the main job, end to end, in one screen; with --long in several.
import { Command } from 'commander'
import { demo } from '../demo/demo.ts'
import { shortDemo } from '../demo/short.ts'
import { jsonOf } from '../terminal/json.ts'
import { silent } from '../terminal/screen.ts'
import { exitCodes, type Shell, UsageError } from './shell.ts'

interface DemoOptions {
  readonly long?: boolean
  readonly json?: boolean
}

export const demoCommand = (shell: Shell): Command =>
  new Command('demo')
    .description('the main job, end to end: train, differentiate, prove and refute')
    .option('--long', 'every form of the derivative, every formula of five notes')
    .option('--json', 'what it found as JSON')
    .addHelpText('after', exitCodes('always', 'something failed', 'it was called wrongly'))
    .action(async ({ long, json }: DemoOptions) => {
      if (long && json) throw new UsageError('--json goes with the short demo alone')
      if (json) shell.screen.line(jsonOf(await shortDemo(silent(shell.screen))))
      else if (long) await demo(shell.screen)
      else await shortDemo(shell.screen)
    })
