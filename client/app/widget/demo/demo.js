// What a site does with the widget: a tag, a few events.
const widget = document.querySelector('face-refiner')
const progress = document.getElementById('progress')
const figure = document.querySelector('figure')
const form = document.querySelector('form')

widget.addEventListener('progress', ({ detail: { stage, fraction, secondsLeft } }) => {
  if (stage !== 'refining') return
  const left = secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s left`
  progress.textContent = `Your head is being made: ${Math.round((fraction ?? 0) * 100)}%${left}`
})

widget.addEventListener('result', ({ detail: { glb, texture, head, headTexture } }) => {
  progress.textContent = `Your ${head ? 'head' : 'face'} is ready.`
  figure.hidden = false
  figure.querySelector('img').src = URL.createObjectURL(headTexture ?? texture)
  const link = figure.querySelector('a')
  link.href = URL.createObjectURL(head ?? glb)
  link.download = head ? 'head.glb' : 'face.glb'
})

widget.addEventListener('error', ({ detail: { message } }) => {
  progress.textContent = message
})

document.querySelector('input[type=file]').addEventListener('change', ({ target }) => {
  const [photo] = target.files
  // The same one can be chosen again.
  target.value = ''
  if (!photo) return
  widget.open(photo)
  widget.refine()
})

form.addEventListener('change', ({ target }) => widget.setAttribute(target.name, target.value))

document.getElementById('jaw').addEventListener('input', ({ target }) => {
  const jawOpen = Number(target.value)
  widget.express(jawOpen > 0 ? { jawOpen } : null)
})

for (const name of ['ready', 'progress', 'result', 'error', 'close']) {
  widget.addEventListener(name, ({ detail }) => {
    const entry = document.createElement('li')
    entry.textContent = `${name} ${describe(detail)}`
    document.getElementById('events').prepend(entry)
  })
}

function describe(detail) {
  const short = (_, value) => (value instanceof Blob ? `${value.type}, ${value.size} bytes` : value)
  return detail ? JSON.stringify(detail, short).slice(0, 160) : ''
}
