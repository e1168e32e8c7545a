import type { Visibility } from '../contract.ts'
import { limits } from '../limits.ts'
import type { Published } from '../results/documents.ts'
import { untitled } from './words.ts'

const choices: { visibility: Visibility; words: string; meaning: string }[] = [
  { visibility: 'unlisted', words: 'Unlisted', meaning: 'Only who has the link finds it.' },
  { visibility: 'listed', words: 'In the gallery', meaning: 'Everyone may find it, search engines too.' },
]

/**
 * What the owner may change. Hidden until the page's script finds the owner token in this browser; the token goes with
 * each request, so that showing the section by other means gains nobody anything.
 */
export function OwnerControls({ record: { id, title, visibility } }: { record: Published }) {
  return (
    <section
      id="owner"
      class="owner card"
      data-id={id}
      data-untitled={untitled}
      aria-labelledby="owner-heading"
      hidden
    >
      <h2 id="owner-heading">You shared this face</h2>
      <form id="change">
        <label for="title">Title</label>
        <input
          id="title"
          name="title"
          value={title}
          maxlength={limits.titleLength}
          placeholder={untitled}
          autocomplete="off"
        />
        <fieldset>
          <legend>Who can find it</legend>
          {choices.map((choice) => (
            <label class="choice">
              <input
                type="radio"
                name="visibility"
                value={choice.visibility}
                checked={choice.visibility === visibility}
              />
              <span>
                {choice.words}
                <small>{choice.meaning}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="actions">
          <button type="submit" class="button primary">
            Save
          </button>
          <button type="button" id="extend" class="button" data-days={limits.maxDays}>
            Keep it for a year
          </button>
          <button type="button" id="delete" class="button danger">
            Delete
          </button>
        </div>
      </form>
      <p id="owner-status" role="status" />
      <dialog id="confirm" aria-labelledby="confirm-heading" aria-describedby="confirm-words">
        <h2 id="confirm-heading">Delete this face?</h2>
        <p id="confirm-words">
          The page, the 3D face and the texture are removed at once, and this link stops working. It can’t be
          undone.
        </p>
        <form method="dialog" class="actions">
          <button type="submit" value="keep" class="button" autofocus>
            Keep it
          </button>
          <button type="submit" value="delete" class="button danger">
            Delete it
          </button>
        </form>
      </dialog>
    </section>
  )
}
