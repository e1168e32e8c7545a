import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../models/paths.ts'
import { limits } from '../../limits.ts'
import { commandLine } from '../command-line.ts'
import { attackBill, attackTable } from './attack-table.ts'
import { bill, type Measured } from './bill.ts'

const { values } = commandLine(
  `npm run cost -- --visitors N [--share 0.2] [--json]
npm run cost -- --attack [--addresses 1000] [--per-second 20] [--json]

What N visitors a month cost, of whom a share publishes a result, from what one was measured to use
(worker/dev/cost/measured.json, made by node test/bench/service/visitor.ts).
Or what a day costs of so many addresses that ask one route so often, for every route there is.`,
  {
    visitors: { type: 'string' },
    share: { type: 'string', default: '0.2' },
    attack: { type: 'boolean' },
    addresses: { type: 'string', default: '1000' },
    'per-second': { type: 'string', default: '20' },
    json: { type: 'boolean' },
  },
)

try {
  if (values.attack) tellAttack()
  else tellMonth()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

function tellAttack(): void {
  const { addresses, 'per-second': perSecond } = values
  const bill = attackBill({
    addresses: amount('addresses', addresses, Number.MAX_SAFE_INTEGER),
    perSecond: amount('per-second', perSecond, Number.MAX_SAFE_INTEGER),
  })
  console.log(values.json ? JSON.stringify(bill) : attackTable(bill))
}

function tellMonth(): void {
  const visitors = amount('visitors', values.visitors, Number.MAX_SAFE_INTEGER)
  const share = amount('share', values.share, 1)
  const path = join(root, 'worker/dev/cost/measured.json')
  if (!existsSync(path)) {
    throw new Error('No visitor has been measured yet: run node test/bench/service/visitor.ts first.')
  }
  const measured: Measured = JSON.parse(readFileSync(path, 'utf8'))
  // A result lives for its 90 days and is paid in each month of them.
  const result = bill(measured, visitors, visitors * share, limits.days / 30)
  console.log(values.json ? JSON.stringify({ visitors, share, ...result }) : table(visitors, share, result))
}

function amount(name: string, given: string | undefined, most: number): number {
  const value = Number(given)
  if (given !== undefined && given !== '' && value >= 0 && value <= most) return value
  const ranges: Record<string, string> = {
    visitors: 'a number of people a month',
    share: 'a share from 0 to 1',
  }
  const range = ranges[name] ?? 'a number'
  throw new Error(
    `--${name} is ${given ?? 'missing'}; give ${range}, as in npm run cost -- --visitors 100000`,
  )
}

function table(visitors: number, share: number, { lines, total, ...cents }: ReturnType<typeof bill>): string {
  const number = (value: number) =>
    value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 }).padStart(16)
  const rows = lines.map(({ item, amount, included, dollars }) => {
    const free = Number.isFinite(included) ? number(included) : 'all'.padStart(16)
    return `${item.padEnd(32)}${number(amount)}${free}${dollars.toFixed(2).padStart(10)}`
  })
  return [
    `${visitors.toLocaleString('en')} visitors a month, ${Math.round(100 * share)}% of them share a result for ${limits.days} days:`,
    `${''.padEnd(32)}${'amount'.padStart(16)}${'included'.padStart(16)}${'dollars'.padStart(10)}`,
    ...rows,
    `${'Workers Paid plan'.padEnd(64)}${'5.00'.padStart(10)}`,
    `${'A month'.padEnd(64)}${total.toFixed(2).padStart(10)}`,
    '',
    `With nothing included, a visitor costs ${cents.centsPerVisitor.toFixed(4)} cents, one who shares ${cents.centsPerSharer.toFixed(4)} cents.`,
  ].join('\n')
}
