import { limits } from '../limits.ts'
import { useReader } from './reader.ts'

/** Tells the moderators. A plain form, so that nobody needs script for it. */
export function Report({ id, reported }: { id: string; reported: boolean }) {
  const { texts, to } = useReader()
  const { report } = texts
  if (reported) {
    return (
      <section id="report" class="card">
        <h2>{report.thanks}</h2>
        <p role="status">{report.arrived}</p>
      </section>
    )
  }
  return (
    <details id="report" class="report">
      <summary>{report.summary}</summary>
      <form class="card" method="post" action={to(`/r/${id}/report`)}>
        <label for="reason">{report.reason}</label>
        <select id="reason" name="reason" required>
          <option value="">{report.choose}</option>
          {Object.entries(report.reasons).map(([value, words]) => (
            <option value={value}>{words}</option>
          ))}
        </select>
        <label for="text">
          {report.text} <small>{report.mayBeEmpty}</small>
        </label>
        <textarea id="text" name="text" rows={4} maxlength={limits.reportLength} />
        <p class="quiet">{report.whoReads}</p>
        <button type="submit" class="button">
          {report.send}
        </button>
      </form>
    </details>
  )
}
