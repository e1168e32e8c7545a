import { DurableObject } from 'cloudflare:workers'

/** What is counted in a UTC day. */
export interface Usage {
  results: number
  bytes: number
}

/** Counts what was declared in a UTC day. One object counts for one widget key, so its counting has no races. */
export class DailyQuota extends DurableObject {
  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    state.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS usage (day TEXT PRIMARY KEY, results INTEGER NOT NULL, bytes INTEGER NOT NULL)',
    )
  }

  /**
   * Counts `more` where it fits under `most`, and nothing where it does not.
   *
   * @param now milliseconds since 1970
   * @returns whether it fitted
   */
  take(more: Usage, most: Usage, now: number): boolean {
    const day = new Date(now).toISOString().slice(0, 10)
    const { sql } = this.ctx.storage
    const used = this.usage(now)
    const results = used.results + more.results
    const bytes = used.bytes + more.bytes
    if (results > most.results || bytes > most.bytes) return false
    sql.exec('DELETE FROM usage WHERE day <> ?', day)
    sql.exec('INSERT OR REPLACE INTO usage VALUES (?, ?, ?)', day, results, bytes)
    return true
  }

  /** What has been counted in the day of `now`, milliseconds since 1970. */
  usage(now: number): Usage {
    const day = new Date(now).toISOString().slice(0, 10)
    const rows = this.ctx.storage.sql.exec<{ results: number; bytes: number }>(
      'SELECT results, bytes FROM usage WHERE day = ?',
      day,
    )
    return rows.toArray()[0] ?? { results: 0, bytes: 0 }
  }
}
