// The command line in a process: its arguments, its streams, its signals and its exit code.
import { run } from './program.ts'
import { screenOn } from './terminal/screen.ts'

// Whoever reads may have seen enough: `backprove check NOTES.md | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await run(process.argv.slice(2), {
  screen: screenOn(process.stdout),
  errors: screenOn(process.stderr),
  interruption: () => {
    const interruption = new AbortController()
    process.once('SIGINT', () => interruption.abort())
    return interruption.signal
  },
  exit: (code) => {
    process.exitCode = code
  },
})
