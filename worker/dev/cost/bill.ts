import { prices } from './prices.ts'

/** What something costs the service, in the units that are billed. */
export interface Usage {
  requests: number
  cpuMilliseconds: number
  classA: number
  classB: number
  objectCalls: number
  objectRowsWritten: number
  bytesOut: number
  bytesStored: number
}

export interface Measured {
  /** Opens the page, refines a face and looks at the result; nothing is shared. */
  visit: Usage
  /** Shares one result, which is looked at once. */
  share: Usage
}

/** A Durable Object is billed while it works; a call of ours is done in less than this. */
const secondsPerCall = 0.1
const gigabytesOfAnObject = 0.128

export interface BillLine {
  item: string
  amount: number
  included: number
  dollars: number
}

export interface Bill {
  lines: BillLine[]
  /** Dollars a month with the plan. */
  total: number
  /** Cents for one more visitor who shares, beyond everything that is included: the price without any allowance. */
  centsPerSharer: number
  centsPerVisitor: number
}

/**
 * @param visitors a month
 * @param sharers how many of them share a result
 * @param months how long a shared result is kept
 */
export function bill(measured: Measured, visitors: number, sharers: number, months: number): Bill {
  const use = (name: keyof Usage) => visitors * measured.visit[name] + sharers * measured.share[name]
  const amounts: [string, number, { included: number; perMillion?: number; perUnit?: number }][] = [
    ['requests', use('requests'), prices.requests],
    ['lines of the log', use('requests'), prices.logLines],
    ['CPU milliseconds', use('cpuMilliseconds'), prices.cpuMilliseconds],
    ['R2 writes and lists', use('classA'), prices.classA],
    ['R2 reads', use('classB'), prices.classB],
    ['R2 gigabyte-months', (use('bytesStored') / 1e9) * months, prices.storage],
    ['Durable Object calls', use('objectCalls'), prices.objectCalls],
    [
      'Durable Object gigabyte-seconds',
      use('objectCalls') * secondsPerCall * gigabytesOfAnObject,
      prices.objectDuration,
    ],
    ['Durable Object rows written', use('objectRowsWritten'), prices.objectRowsWritten],
    ['gigabytes sent', use('bytesOut') / 1e9, { included: Number.POSITIVE_INFINITY, perUnit: 0 }],
  ]
  const priceOf = ({ perMillion, perUnit }: { perMillion?: number; perUnit?: number }) =>
    perUnit ?? perMillion! / 1e6
  const lines = amounts.map(([item, amount, price]) => ({
    item,
    amount,
    included: price.included,
    dollars: Math.max(0, amount - price.included) * priceOf(price),
  }))
  const total = prices.plan + lines.reduce((sum, { dollars }) => sum + dollars, 0)
  return {
    lines,
    total,
    centsPerVisitor: 100 * marginal(measured.visit, months),
    centsPerSharer: 100 * (marginal(measured.visit, months) + marginal(measured.share, months)),
  }
}

/** Dollars for one, with nothing included. */
function marginal(usage: Usage, months: number): number {
  const { objectCalls } = usage
  return (
    (usage.requests * (prices.requests.perMillion + prices.logLines.perMillion) +
      usage.cpuMilliseconds * prices.cpuMilliseconds.perMillion +
      usage.classA * prices.classA.perMillion +
      usage.classB * prices.classB.perMillion +
      objectCalls * prices.objectCalls.perMillion +
      objectCalls * secondsPerCall * gigabytesOfAnObject * prices.objectDuration.perMillion +
      usage.objectRowsWritten * prices.objectRowsWritten.perMillion) /
      1e6 +
    (usage.bytesStored / 1e9) * months * prices.storage.perUnit
  )
}
