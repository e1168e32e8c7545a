import { routeCosts } from './routes.ts'
import { type Attack, dollarsOfLog, dollarsOfStorage, type WorstDay, worstDay } from './worst-day.ts'

export interface AttackBill {
  attack: Attack
  /** The dearest first. */
  days: WorstDay[]
  dollarsOfLog: number
  dollarsOfStorage: number
}

/** What a day costs of each route that is attacked for itself. */
export function attackBill(attack: Attack): AttackBill {
  const days = routeCosts.map((route) => worstDay(route, attack)).sort((a, b) => b.dollars - a.dollars)
  return { attack, days, dollarsOfLog: dollarsOfLog(attack), dollarsOfStorage: dollarsOfStorage(attack) }
}

export function attackTable({ attack, days, dollarsOfLog, dollarsOfStorage }: AttackBill): string {
  const number = (value: number) => Math.round(value).toLocaleString('en').padStart(16)
  const dollars = (value: number) => value.toFixed(2).padStart(12)
  const { addresses, perSecond } = attack
  return [
    `A day of ${addresses.toLocaleString('en')} addresses with ${perSecond} requests a second each, on one route:`,
    `${'let in'.padStart(16)}${'dollars'.padStart(12)}   route`,
    ...days.map((day) => `${number(day.letIn)}${dollars(day.dollars)}   ${day.route}`),
    '',
    `${dollars(days[0].dollarsOfRequests).trim()} of each are the requests themselves, which are billed also where they are refused.`,
    `Lines of the log cost ${dollars(dollarsOfLog).trim()} more.`,
    `What arrives and is published costs ${dollars(dollarsOfStorage).trim()} more, for as long as it may be kept.`,
  ].join('\n')
}
