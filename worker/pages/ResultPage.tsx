import type { PictureSize, Published } from '../results/documents.ts'
import { partAddress } from '../results/readResult.ts'
import { Layout } from './Layout.tsx'
import { OwnerControls } from './OwnerControls.tsx'
import { Report } from './Report.tsx'
import { dateWords, fidelityWords, presetWords, sizeWords, titleWords } from './words.ts'

export interface ResultPageProps {
  record: Published
  /** Of the service: previews of links need whole addresses. */
  origin: string
  /** A report has just been sent. */
  reported: boolean
}

/** A shared result: all of it works without script, but turning the face and its owner's controls. */
export function ResultPage({ record, origin, reported }: ResultPageProps) {
  const { id, published, expires, textureSize, preset, visiblePsnr, parts, pictures } = record
  const title = titleWords(record.title)
  const facts: [string, string | undefined][] = [
    ['Texture', `${textureSize} × ${textureSize} px`],
    ['Preset', presetWords(preset)],
    ['Fidelity', fidelityWords(visiblePsnr)],
  ]
  return (
    <Layout title={`${title} - FaceRefiner`} head={<Head record={record} origin={origin} />} class="result">
      <section class="stage" aria-label="The face">
        <img
          src={partAddress(id, 'preview.jpg')}
          {...(pictures?.['preview.jpg'] ?? { width: 600, height: 600 })}
          alt={`Preview of ${title}`}
        />
        {parts['photo.jpg'] && <Photo id={id} size={pictures?.['photo.jpg']} />}
        <button type="button" class="button open" data-glb={partAddress(id, 'face.glb')} hidden>
          Turn it in 3D
        </button>
        <p class="hint" role="status" />
      </section>
      <div class="panel">
        <h1>{title}</h1>
        <p class="quiet">
          Shared on <time datetime={published}>{dateWords(published)}</time>, kept until{' '}
          <time id="expires" datetime={expires}>
            {dateWords(expires)}
          </time>
          .
        </p>
        <dl class="facts">
          {facts.map(
            ([name, words]) =>
              words && (
                <div>
                  <dt>{name}</dt>
                  <dd>{words}</dd>
                </div>
              ),
          )}
        </dl>
        <ul class="downloads" aria-label="Downloads">
          <Download
            record={record}
            part="face.glb"
            words={`Download 3D\u00a0face`}
            bytes={parts['face.glb'].bytes}
          />
          <Download
            record={record}
            part="texture.png"
            words="Download texture"
            bytes={parts['texture.png'].bytes}
          />
        </ul>
        <OwnerControls record={record} />
        <Report id={id} reported={reported} />
      </div>
    </Layout>
  )
}

/** The photo in a corner of the stage; a press shows it large. Needs no script. */
function Photo({ id, size }: { id: string; size: PictureSize | undefined }) {
  const address = partAddress(id, 'photo.jpg')
  return (
    <>
      <button type="button" class="photo" popovertarget="photo">
        <img src={address} {...size} alt="" />
        <span>The photo</span>
      </button>
      <figure id="photo" popover>
        <img src={address} {...size} alt="What the face was made from" />
        <figcaption>
          The photo
          <button type="button" class="button small" popovertarget="photo" popovertargetaction="hide">
            Close
          </button>
        </figcaption>
      </figure>
    </>
  )
}

function Download({ record, part, words, bytes }: DownloadProps) {
  const kind = part.slice(part.indexOf('.') + 1).toUpperCase()
  return (
    <li>
      <a
        class={part === 'face.glb' ? 'button primary' : 'button'}
        href={`${partAddress(record.id, part)}?download`}
      >
        <span>{words}</span>
        <small>
          {kind}, {sizeWords(bytes)}
        </small>
      </a>
    </li>
  )
}

interface DownloadProps {
  record: Published
  part: 'face.glb' | 'texture.png'
  words: string
  bytes: number
}

/** What search engines and previews of links read. */
function Head({ record, origin }: Pick<ResultPageProps, 'record' | 'origin'>) {
  const { id, visibility, textureSize, pictures } = record
  const size = pictures?.['preview.jpg']
  const title = titleWords(record.title)
  const address = `${origin}/r/${id}`
  const image = origin + partAddress(id, 'preview.jpg')
  const description = `A 3D face with a ${textureSize} px texture, made from one photo with FaceRefiner. Turn it, download it, or make your own.`
  return (
    <>
      {visibility === 'unlisted' && <meta name="robots" content="noindex" />}
      <meta name="description" content={description} />
      <link rel="canonical" href={address} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="FaceRefiner" />
      <meta property="og:url" content={address} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:image" content={image} />
      <meta property="og:image:type" content="image/jpeg" />
      {size && <meta property="og:image:width" content={String(size.width)} />}
      {size && <meta property="og:image:height" content={String(size.height)} />}
      <meta property="og:image:alt" content={`Preview of ${title}`} />
      <meta name="twitter:card" content="summary_large_image" />
      <meta name="twitter:title" content={title} />
      <meta name="twitter:description" content={description} />
      <meta name="twitter:image" content={image} />
      <meta name="twitter:image:alt" content={`Preview of ${title}`} />
    </>
  )
}
