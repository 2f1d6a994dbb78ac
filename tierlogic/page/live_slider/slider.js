// A slider whose value is sent while its thumb is held. What is sent on release has `held: false`.
//
// Two messages of a held thumb are under way at most: the page draws the first while the server works
// on the second. That one goes by the carrier, for it must not break off the work on the first.
//
// Messages are numbered, and the server says which was the last that it knew: an older value that
// it sends never moves the thumb. A server that was started anew knows none of them: it has the plan
// from the address. What no server has answered is sent to it once more; else its first value counts.

const PATIENCE = 2000 // Milliseconds for an answer; then the newest value is sent all the same.

let messages = 0 // Of all sliders.
const sliders = new WeakMap()

class Slider {
  held = false
  last = { slider: null, at: 0, to: null, held: false }
  answered = 0
  givenUp = 0
  unheard = new AbortController()

  constructor(root) {
    this.slide = root.querySelector(".slide")
    this.input = root.querySelector("input")
    this.now = root.querySelector(".now")
    const listen = (target, kinds, act) =>
      kinds.split(" ").forEach((kind) =>
        target.addEventListener(kind, act, { signal: this.unheard.signal }),
      )
    listen(this.input, "pointerdown", () => (this.held = true))
    listen(this.input, "keydown", (press) => (this.held = press.repeat))
    listen(this.input, "input", () => this.move())
    listen(this.input, "keyup blur", () => this.release())
    // A change while it is held is one more of a key that repeats; its release comes later.
    listen(this.input, "change", () => this.held || this.release())
    listen(window, "pointerup pointercancel", () => this.release())
    listen(document, "tierlogic-answered", (answer) => this.hear(answer.detail))
  }

  /** Show what the server says, unless the user has moved the thumb since. */
  show(data) {
    this.key = data.slider
    this.texts = data.texts
    this.readAloud = data.read_aloud ?? data.texts
    Object.assign(this.input, { min: data.least, max: data.most, step: data.step })
    const isNew = data.session !== this.session
    const isAnother = isNew && this.session !== undefined
    this.session = data.session
    if (isAnother && this.last.at > this.answered) this.send()
    else if (!this.held && (isNew || data.at >= this.last.at)) {
      this.input.value = data.value
      this.last.to = this.input.valueAsNumber
      this.exact = data.exact
    }
    this.draw()
  }

  draw() {
    const { min, max, step, valueAsNumber: value } = this.input
    const stop = Math.round((value - min) / step)
    const [text, readAloud] = this.exact ?? [this.texts[stop], this.readAloud[stop]]
    this.now.textContent = text
    this.input.ariaValueText = readAloud
    this.slide.style.setProperty("--part", (value - min) / (max - min))
    this.slide.style.setProperty("--letters", text.length)
  }

  move() {
    this.exact = null
    this.draw()
    this.follow()
  }

  follow() {
    const isNew = this.last.to !== this.input.valueAsNumber
    const atMost = this.last.held ? 2 : 1
    if (this.held && isNew && this.underWay < atMost) this.send()
  }

  release() {
    this.held = false
    if (this.last.held || this.last.to !== this.input.valueAsNumber) this.send()
  }

  /** How many messages it waits for; below 0 where those of others were answered since. */
  get underWay() {
    return this.last.at - Math.max(this.answered, this.givenUp)
  }

  send() {
    const isSecond = this.held && this.underWay > 0
    this.last = { slider: this.key, at: ++messages, to: this.input.valueAsNumber, held: this.held }
    if (isSecond) document.dispatchEvent(new CustomEvent("tierlogic-held", { detail: this.last }))
    else this.emit("moved", this.last)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.giveUp(), PATIENCE)
  }

  hear(at) {
    this.answered = Math.max(this.answered, at)
    if (this.underWay <= 0) clearTimeout(this.timer)
    this.follow()
  }

  giveUp() {
    this.givenUp = this.last.at
    this.follow()
  }

  leave() {
    clearTimeout(this.timer)
    this.unheard.abort()
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!sliders.has(parentElement)) sliders.set(parentElement, new Slider(parentElement))
  const slider = sliders.get(parentElement)
  slider.emit = setStateValue
  const put = (selector, text) => (parentElement.querySelector(selector).textContent = text)
  put("label", data.label)
  put("[role=tooltip]", data.help)
  put(".least", data.texts.at(0))
  put(".most", data.texts.at(-1))
  parentElement.querySelector("button").ariaLabel = data.help_name
  slider.show(data)
  return () => slider.leave()
}
