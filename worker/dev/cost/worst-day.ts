import { limits } from '../../limits.ts'
import { prices } from './prices.ts'
import { type Operations, type RouteCost, refused } from './routes.ts'

/** Who asks, all day long and nothing else. */
export interface Attack {
  /** Networks: IPv4 addresses, or /64s of IPv6. */
  addresses: number
  /** Requests of each. */
  perSecond: number
}

export interface WorstDay {
  route: string
  asked: number
  /** How many do what they ask for. */
  letIn: number
  /** US dollars, with nothing of what the plan includes. */
  dollars: number
  /** What the requests alone cost, refused or not. */
  dollarsOfRequests: number
}

const daySeconds = 86_400
/** A Durable Object is billed while it works: 128 MB for at most this long. */
const gigabyteSecondsPerCall = 0.1 * 0.128

/**
 * What one day of an attack on some routes costs, by the rates and quotas as they stand. Rates are counted by each of
 * Cloudflare's places; an address is taken to reach one of them.
 */
export function worstDay(
  { routes, when, use, rate, whenShareIsUsedUp }: RouteCost,
  attack: Attack,
): WorstDay {
  const { addresses, perSecond } = attack
  const asked = addresses * perSecond * daySeconds
  const { limit, period } = rate ? limits.rates[rate] : { limit: Number.POSITIVE_INFINITY, period: 1 }
  const withinRate = addresses * Math.min(perSecond * daySeconds, (limit / period) * daySeconds)
  const share = Math.min(addresses * limits.dailyShare.writes, limits.dailyAnonymousQuota.writes)
  const letIn = whenShareIsUsedUp ? Math.min(withinRate, share) : withinRate
  const dollars =
    letIn * price(use) +
    (withinRate - letIn) * price(whenShareIsUsedUp ?? refused) +
    (asked - withinRate) * price(refused)
  return {
    route: routes.join(', ') + (when ? ` (${when})` : ''),
    asked,
    letIn,
    dollars,
    dollarsOfRequests: (asked * prices.requests.perMillion) / 1e6,
  }
}

/** Requests a second that one isolate of the worker answers in a flood. */
const perIsolate = 100

/** Dollars of the lines that a day of an attack leaves in the log. */
export function dollarsOfLog({ addresses, perSecond }: Attack): number {
  const isolates = Math.ceil((addresses * perSecond) / perIsolate)
  const most = (isolates * limits.logLinesPerMinute * daySeconds) / 60
  return (Math.min(addresses * perSecond * daySeconds, most) * prices.logLines.perMillion) / 1e6
}

/** Dollars of what arrives in a day, for as long as it may be kept: the one thing that is left when an attack is over. */
export function dollarsOfStorage({ addresses }: Pick<Attack, 'addresses'>): number {
  const bytes = Math.min(addresses * limits.dailyShare.bytes, limits.dailyAnonymousQuota.bytes)
  return (bytes / 1e9) * (limits.maxDays / 30) * prices.storage.perUnit
}

/** Dollars of a request and what it uses. */
function price(use: Operations): number {
  const { cpuMilliseconds, classA = 0, classB = 0, objectCalls = 0, objectRowsWritten = 0 } = use
  return (
    (prices.requests.perMillion +
      cpuMilliseconds * prices.cpuMilliseconds.perMillion +
      classA * prices.classA.perMillion +
      classB * prices.classB.perMillion +
      objectCalls * prices.objectCalls.perMillion +
      objectCalls * gigabyteSecondsPerCall * prices.objectDuration.perMillion +
      objectRowsWritten * prices.objectRowsWritten.perMillion) /
    1e6
  )
}
