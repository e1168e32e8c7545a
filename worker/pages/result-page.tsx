import { kindOf, partAddress, shownPart } from '../contract/parts.ts'
import type { Published } from '../results/documents.ts'
import type { Texts } from '../texts/languages.ts'
import type { PictureSize } from '../validation/jpeg.ts'
import { Layout, Shareable } from './layout.tsx'
import { OwnerControls } from './owner-controls.tsx'
import { useReader } from './reader.ts'
import { Report } from './report.tsx'

export interface ResultPageProps {
  record: Published
  /** Of the service: previews of links need whole addresses. */
  origin: string
  /** A report has just been sent. */
  reported: boolean
}

/** A shared result: all of it works without script, but turning it and its owner's controls. */
export function ResultPage({ record, origin, reported }: ResultPageProps) {
  const { texts } = useReader()
  const { result } = texts
  const { id, published, expires, parts } = record
  const title = record.title || texts.untitled[kindOf(shownPart(record.parts))]
  return (
    <Layout title={title} head={<Head record={record} origin={origin} />} class="result">
      <Stage record={record} title={title} />
      <div class="panel">
        <h1>{title}</h1>
        <p class="quiet">
          {result.shared} <time datetime={published}>{texts.date(published)}</time>
          {result.keptUntil}{' '}
          <time id="expires" datetime={expires}>
            {texts.date(expires)}
          </time>
          {result.sentenceEnd}
        </p>
        {kindOf(shownPart(parts)) === 'head' && <Expressions />}
        <Facts record={record} />
        <ul class="downloads" aria-label={result.downloads}>
          {parts['head.glb'] && (
            <Download
              {...{ id, part: 'head.glb', words: result.downloadHead, bytes: parts['head.glb'].bytes }}
              primary
            />
          )}
          <Download
            {...{ id, part: 'face.glb', words: result.downloadFace, bytes: parts['face.glb'].bytes }}
            primary={!parts['head.glb']}
          />
          <Download
            id={id}
            part="texture.png"
            words={result.downloadTexture}
            bytes={parts['texture.png'].bytes}
          />
          <Ar address={partAddress(id, shownPart(parts))} />
        </ul>
        <OwnerControls record={record} />
        <Report id={id} reported={reported} />
      </div>
    </Layout>
  )
}

function Stage({ record: { id, parts, pictures }, title }: { record: Published; title: string }) {
  const { texts } = useReader()
  const size = pictures?.['preview.jpg'] ?? { width: 600, height: 600 }
  return (
    <section
      class="stage"
      aria-label={texts.result.shown[kindOf(shownPart(parts))]}
      data-texts={JSON.stringify(texts.viewer)}
    >
      <img
        src={partAddress(id, 'preview.jpg')}
        {...size}
        alt={texts.previewOf(title)}
        fetchpriority="high"
        decoding="async"
      />
      {parts['photo.jpg'] && <Photo id={id} size={pictures?.['photo.jpg']} />}
      <button type="button" class="button open" data-glb={partAddress(id, shownPart(parts))} hidden>
        {texts.result.open}
      </button>
      <p class="hint" role="status" />
    </section>
  )
}

/** The photo in a corner of the stage; a press shows it large. Needs no script. */
function Photo({ id, size }: { id: string; size: PictureSize | undefined }) {
  const { photo, photoAlt, close } = useReader().texts.result
  const address = partAddress(id, 'photo.jpg')
  return (
    <>
      <button type="button" class="photo" popovertarget="photo">
        <img src={address} {...size} alt="" decoding="async" />
        <span>{photo}</span>
      </button>
      <figure id="photo" popover="auto">
        <img src={address} {...size} alt={photoAlt} loading="lazy" decoding="async" />
        <figcaption>
          {photo}
          <button type="button" class="button small" popovertarget="photo" popovertargetaction="hide">
            {close}
          </button>
        </figcaption>
      </figure>
    </>
  )
}

function Facts({ record: { textureSize, preset, visiblePsnr } }: { record: Published }) {
  const { texts } = useReader()
  const facts: [string, string | undefined][] = [
    [texts.result.texture, texts.side(textureSize)],
    [texts.result.preset, presetWords(preset, texts)],
    [texts.result.fidelity, visiblePsnr === null ? undefined : texts.fidelity(visiblePsnr)],
  ]
  return (
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
  )
}

/** Records may name anything; only what this service knows is put into words. */
function presetWords(preset: string | undefined, { presets }: Texts): string | undefined {
  return preset !== undefined && Object.hasOwn(presets, preset) ? presets[preset] : undefined
}

interface DownloadProps {
  id: string
  part: 'head.glb' | 'face.glb' | 'texture.png'
  words: string
  bytes: number
  /** The one that most want. */
  primary?: boolean
}

function Download({ id, part, words, bytes, primary }: DownloadProps) {
  const { texts } = useReader()
  const kind = part.slice(part.indexOf('.') + 1).toUpperCase()
  return (
    <li>
      <a class={primary ? 'button primary' : 'button'} href={`${partAddress(id, part)}?download`}>
        <span>{words}</span>
        <small>
          {kind}, {texts.size(bytes)}
        </small>
      </a>
    </li>
  )
}

/** Shown by its script once there is a head in 3D that can move. */
function Expressions() {
  const { heading, ...texts } = useReader().texts.expressions
  return (
    <details class="expressions" data-texts={JSON.stringify(texts)} hidden>
      <summary>{heading}</summary>
    </details>
  )
}

/** Shown by its script where the device has AR. */
function Ar({ address }: { address: string }) {
  const { ar } = useReader().texts
  return (
    <li class="ar" data-glb={address} data-texts={JSON.stringify(ar)} hidden>
      <button type="button" class="button">
        <span>{ar.open}</span>
        <small>AR</small>
      </button>
      <p class="hint" role="status" />
    </li>
  )
}

/** A picture this much wider than high fills a large card; others are shown small beside the words. */
const wide = 1.5

/** What search engines and previews of links read. */
function Head({ record, origin }: Pick<ResultPageProps, 'record' | 'origin'>) {
  const { texts } = useReader()
  const { id, visibility, textureSize, pictures } = record
  const kind = kindOf(shownPart(record.parts))
  const title = record.title || texts.untitled[kind]
  const image = origin + partAddress(id, 'preview.jpg')
  const alt = texts.previewOf(title)
  const size = pictures?.['preview.jpg']
  const large = size && size.width / size.height >= wide
  return (
    <>
      {visibility === 'unlisted' && <meta name="robots" content="noindex" />}
      <Shareable
        address={`${origin}/r/${id}`}
        title={title}
        description={texts.result.description(kind, textureSize)}
      />
      <meta property="og:image" content={image} />
      <meta property="og:image:type" content="image/jpeg" />
      {size && <meta property="og:image:width" content={String(size.width)} />}
      {size && <meta property="og:image:height" content={String(size.height)} />}
      <meta property="og:image:alt" content={alt} />
      <meta name="twitter:card" content={large ? 'summary_large_image' : 'summary'} />
      <meta name="twitter:image" content={image} />
      <meta name="twitter:image:alt" content={alt} />
    </>
  )
}
