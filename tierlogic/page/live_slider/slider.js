// A slider whose value is sent while its thumb is held, one message at a time: the next one goes
// out when the page has answered the last. What is sent on release has `held: false`.
//
// Messages are numbered, and the server says which was the last that it knew: an older value that
// it sends never moves the thumb. A server that was started anew knows none of them: it has the plan
// from the address. What no server has answered is sent to it once more; else its first value counts.

const PATIENCE = 2000 // Milliseconds for an answer; then the newest value is sent all the same.

let messages = 0 // Of all sliders.
const sliders = new WeakMap()

class Slider {
  held = false
  waits = false
  last = { at: 0, to: null, held: false }
  answered = 0
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
    listen(this.input, "input", () => this.follow())
    listen(this.input, "keyup blur", () => this.release())
    // A change while it is held is one more of a key that repeats; its release comes later.
    listen(this.input, "change", () => this.held || this.release())
    listen(window, "pointerup pointercancel", () => this.release())
    listen(document, "tierlogic-answered", (answer) => {
      this.answered = Math.max(this.answered, answer.detail)
      this.hear(answer.detail)
    })
  }

  /** Show what the server says, unless the user has moved the thumb since. */
  show(data) {
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
    }
    this.draw()
  }

  draw() {
    const { min, max, step, valueAsNumber: value } = this.input
    const stop = Math.round((value - min) / step)
    const text = this.texts[stop]
    this.now.textContent = text
    this.input.ariaValueText = this.readAloud[stop]
    this.slide.style.setProperty("--part", (value - min) / (max - min))
    this.slide.style.setProperty("--letters", text.length)
  }

  follow() {
    this.draw()
    if (this.held && !this.waits) this.send()
  }

  release() {
    this.held = false
    if (this.last.held || this.last.to !== this.input.valueAsNumber) this.send()
  }

  send() {
    this.last = { at: ++messages, to: this.input.valueAsNumber, held: this.held }
    this.emit("moved", this.last)
    this.waits = true
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.hear(this.last.at), PATIENCE)
  }

  hear(at) {
    if (at < this.last.at) return
    clearTimeout(this.timer)
    this.waits = false
    if (this.held && this.last.to !== this.input.valueAsNumber) this.send()
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
