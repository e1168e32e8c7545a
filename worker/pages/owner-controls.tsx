import { kindOf, shownPart } from '../contract/parts.ts'
import { limits } from '../limits.ts'
import type { Published } from '../results/documents.ts'
import { useReader } from './reader.ts'

/**
 * What the owner may change. Hidden until the page's script finds the owner token in this browser; the token goes with
 * each request, so that showing the section by other means gains nobody anything.
 */
export function OwnerControls({ record: { id, title, visibility, parts } }: { record: Published }) {
  const { texts } = useReader()
  const { owner, ownerScript } = texts
  const untitled = texts.untitled[kindOf(shownPart(parts))]
  const choices = [
    { value: 'unlisted', words: owner.unlisted, meaning: owner.unlistedMeans },
    { value: 'listed', words: owner.listed, meaning: owner.listedMeans },
  ]
  return (
    <section
      id="owner"
      class="owner card"
      data-id={id}
      data-texts={JSON.stringify({ ...ownerScript, untitled })}
      aria-labelledby="owner-heading"
      hidden
    >
      <h2 id="owner-heading">{owner.heading}</h2>
      <form id="change">
        <label for="title">{owner.title}</label>
        <input
          id="title"
          name="title"
          value={title}
          maxlength={limits.titleLength}
          placeholder={untitled}
          autocomplete="off"
        />
        <fieldset>
          <legend>{owner.whoFindsIt}</legend>
          {choices.map(({ value, words, meaning }) => (
            <label class="choice">
              <input type="radio" name="visibility" value={value} checked={value === visibility} />
              <span>
                {words}
                <small>{meaning}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="actions">
          <button type="submit" class="button primary">
            {owner.save}
          </button>
          <button type="button" id="extend" class="button" data-days={limits.maxDays}>
            {owner.extend}
          </button>
          <button type="button" id="delete" class="button danger">
            {owner.delete}
          </button>
        </div>
      </form>
      <p id="owner-status" role="status" />
      <ConfirmDialog />
    </section>
  )
}

/** Asks before a face is deleted. */
function ConfirmDialog() {
  const { owner } = useReader().texts
  return (
    <dialog id="confirm" aria-labelledby="confirm-heading" aria-describedby="confirm-words">
      <h2 id="confirm-heading">{owner.deleteHeading}</h2>
      <p id="confirm-words">{owner.deleteWords}</p>
      <form method="dialog" class="actions">
        <button type="submit" value="keep" class="button" autofocus>
          {owner.keep}
        </button>
        <button type="submit" value="delete" class="button danger">
          {owner.deleteIt}
        </button>
      </form>
    </dialog>
  )
}
