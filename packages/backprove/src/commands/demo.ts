// backprove demo: the main job, end to end.
import { Command } from 'commander'
import { demo } from '../demo/demo.ts'
import { exitCodes, type Shell } from './shell.ts'

export const demoCommand = (shell: Shell): Command =>
  new Command('demo')
    .description('the main job, end to end: train, differentiate, prove and refute')
    .addHelpText('after', exitCodes('always'))
    .action(() => demo(shell.screen))
