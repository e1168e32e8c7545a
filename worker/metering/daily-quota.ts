import { DurableObject } from 'cloudflare:workers'

/** What is counted in a UTC day. */
export interface Usage {
  /** What makes the service write: uploads begun or declared anew, parts sent, commits tried. */
  writes: number
  /** Published. */
  results: number
  /** Of parts that arrived, or are arriving at this moment. */
  bytes: number
}

/** What may be used in a UTC day: by all together, and by each visitor. */
export interface Allowance {
  all: Usage
  each: Usage
}

export interface Take {
  /** What is taken is taken once under its name, and given back by it. */
  name: string
  /** Whose share it is, as visitorOf() names them. */
  visitor: string
  take: Partial<Usage>
  /** Must fit besides what is taken, and is not. */
  room?: Partial<Usage>
}

type Row = Usage & { day: string; visitor: string }

/** Stands for all visitors together. */
const all = ''
const nothing: Usage = { writes: 0, results: 0, bytes: 0 }

/**
 * Counts what a widget key, or all pages without one, use in a UTC day, and each visitor's share of it. One object counts for
 * one of them, so its counting has no races.
 */
export class DailyQuota extends DurableObject {
  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    const counts = 'writes INTEGER NOT NULL, results INTEGER NOT NULL, bytes INTEGER NOT NULL'
    const { sql } = state.storage
    // Without row ids a row is one row that is billed, not two.
    sql.exec(
      `CREATE TABLE IF NOT EXISTS used (day TEXT, visitor TEXT, ${counts}, PRIMARY KEY (day, visitor)) WITHOUT ROWID`,
    )
    sql.exec(
      `CREATE TABLE IF NOT EXISTS taken (day TEXT, name TEXT, visitor TEXT NOT NULL, ${counts}, PRIMARY KEY (day, name)) WITHOUT ROWID`,
    )
    // From before there were shares.
    sql.exec('DROP TABLE IF EXISTS usage')
  }

  /**
   * Takes what fits, and nothing where something does not. What was taken under the name already is not taken again.
   *
   * @param now milliseconds since 1970
   * @returns whose allowance it does not fit, if any
   */
  take({ name, visitor, take, room }: Take, most: Allowance, now: number): keyof Allowance | undefined {
    const day = dayOf(now)
    if (this.takenUnder(day, name)) return undefined
    const more = { ...nothing, ...take }
    const wanted = plus(more, { ...nothing, ...room })
    const [ofAll, ofEach] = [this.usage(now), this.usage(now, visitor)]
    if (!fits(plus(ofEach, wanted), most.each)) return 'each'
    if (!fits(plus(ofAll, wanted), most.all)) return 'all'
    const { sql } = this.ctx.storage
    for (const table of ['used', 'taken']) sql.exec(`DELETE FROM ${table} WHERE day < ?`, day)
    this.put(day, all, plus(ofAll, more))
    this.put(day, visitor, plus(ofEach, more))
    const { writes, results, bytes } = more
    sql.exec('INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?)', day, name, visitor, writes, results, bytes)
    return undefined
  }

  /**
   * Gives back the results and bytes that were taken under a name; a second time there is nothing to give back. The writes
   * were made.
   *
   * @param now when it was taken: the day after, it does not count any more
   */
  giveBack(name: string, now: number): void {
    const day = dayOf(now)
    const taken = this.takenUnder(day, name)
    if (!taken) return
    this.ctx.storage.sql.exec('DELETE FROM taken WHERE day = ? AND name = ?', day, name)
    const { results, bytes } = taken
    const less = { writes: 0, results: -results, bytes: -bytes }
    for (const visitor of [all, taken.visitor]) this.put(day, visitor, plus(this.usage(now, visitor), less))
  }

  /** What has been counted in the day of `now`, milliseconds since 1970: of one visitor, or of all together. */
  usage(now: number, visitor = all): Usage {
    const rows = this.ctx.storage.sql.exec<Row & Record<string, string | number>>(
      'SELECT writes, results, bytes FROM used WHERE day = ? AND visitor = ?',
      dayOf(now),
      visitor,
    )
    return rows.toArray()[0] ?? nothing
  }

  private takenUnder(day: string, name: string): Row | undefined {
    const rows = this.ctx.storage.sql.exec<Row & Record<string, string | number>>(
      'SELECT * FROM taken WHERE day = ? AND name = ?',
      day,
      name,
    )
    return rows.toArray()[0]
  }

  private put(day: string, visitor: string, { writes, results, bytes }: Usage): void {
    const { sql } = this.ctx.storage
    sql.exec('INSERT OR REPLACE INTO used VALUES (?, ?, ?, ?, ?)', day, visitor, writes, results, bytes)
  }
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

function plus(a: Usage, b: Usage): Usage {
  return { writes: a.writes + b.writes, results: a.results + b.results, bytes: a.bytes + b.bytes }
}

function fits(usage: Usage, most: Usage): boolean {
  return usage.writes <= most.writes && usage.results <= most.results && usage.bytes <= most.bytes
}
