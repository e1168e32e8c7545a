import { type Options as BarOptions, SingleBar } from 'cli-progress'
import { figures } from '../../worker/texts/figures.ts'
import { passOf } from '../refine/passes.ts'
import type { Progress } from '../refine/types.ts'

/** Tells the person at the terminal how far the run is. */
export interface Reporter {
  /** A line that stays. */
  say(line: string): void
  /** Progress of the optimisation: a bar on a terminal, a line each tenth elsewhere. */
  advance(progress: Progress): void
  /** Takes the bar away. */
  end(): void
}

/** @param stream where the lines go: stderr where stdout is kept for JSON. */
export function createReporter(stream: NodeJS.WriteStream): Reporter {
  return stream.isTTY ? barReporter(stream) : lineReporter(stream)
}

function barReporter(stream: NodeJS.WriteStream): Reporter {
  const options: BarOptions = {
    stream,
    format: '[{bar}] {percentage}%  {where}  loss {loss}  {left}',
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    clearOnComplete: true,
    gracefulExit: false,
  }
  let bar: SingleBar | null = null
  const end = () => {
    bar?.stop()
    bar = null
  }
  return {
    say(line) {
      end()
      stream.write(`${plain(line)}\n`)
    },
    advance(progress) {
      const payload = { where: where(progress), loss: loss(progress), left: left(progress) }
      if (bar) bar.update(progress.fraction, payload)
      else {
        bar = new SingleBar(options)
        bar.start(1, progress.fraction, payload)
      }
    },
    end,
  }
}

function lineReporter(stream: NodeJS.WriteStream): Reporter {
  let tenths = 0
  return {
    say: (line) => void stream.write(`${plain(line)}\n`),
    advance(progress) {
      // A hair's breadth more: ten additions of 0.1 must count as 1.
      const reached = Math.floor(progress.fraction * 10 + 1e-6)
      if (reached <= tenths) return
      tenths = reached
      stream.write(`${reached * 10}%  ${where(progress)}  loss ${loss(progress)}  ${left(progress)}\n`)
    },
    end() {},
  }
}

/** @example where(progress) // -> 'coarse pass at 128 px, step 4 of 40' */
function where({ round, rounds, scale, scaleIndex, scales, step, steps }: Progress): string {
  const repeated = rounds > 1 ? `round ${round + 1} of ${rounds}, ` : ''
  const pass = `${passOf(scaleIndex, scales)} pass at ${figures.en.pixels(scale)}`
  return plain(`${repeated}${pass}, step ${step + 1} of ${steps}`)
}

const loss = ({ losses }: Progress) =>
  losses.total === undefined ? '-' : figures.en.significant(losses.total)
const left = ({ secondsLeft }: Progress) =>
  secondsLeft === null ? '' : `${figures.en.whole(Math.ceil(secondsLeft))} s left`

/** Terminals are searched and copied from: their spaces are plain. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
