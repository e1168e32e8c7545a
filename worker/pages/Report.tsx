import type { ReportReason } from '../contract.ts'
import { limits } from '../limits.ts'

const reasons: Record<ReportReason, string> = {
  'not-my-consent': 'It shows me, or someone I speak for, without consent',
  minor: 'It shows a child',
  illegal: 'It is against the law',
  copyright: 'It uses a picture that belongs to someone else',
  other: 'Something else',
}

/** Tells the moderators. A plain form, so that nobody needs script for it. */
export function Report({ id, reported }: { id: string; reported: boolean }) {
  if (reported) {
    return (
      <section id="report" class="card">
        <h2>Thank you</h2>
        <p role="status">
          Your report has arrived, and someone will look at it. You need not do anything else.
        </p>
      </section>
    )
  }
  return (
    <details id="report" class="report">
      <summary>Report this face</summary>
      <form class="card" method="post" action={`/r/${id}/report`}>
        <label for="reason">What is wrong?</label>
        <select id="reason" name="reason" required>
          <option value="">Please choose</option>
          {Object.entries(reasons).map(([value, words]) => (
            <option value={value}>{words}</option>
          ))}
        </select>
        <label for="text">
          What should we know? <small>You may leave this empty.</small>
        </label>
        <textarea id="text" name="text" rows={4} maxlength={limits.reportLength} />
        <p class="quiet">The moderators read this; nobody else does, and it carries no name.</p>
        <button type="submit" class="button">
          Send the report
        </button>
      </form>
    </details>
  )
}
