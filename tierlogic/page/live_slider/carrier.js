// Tells the sliders which of their messages the page has answered, and sends on what a held thumb says
// while one is under way: from here it waits for the run before it, and does not break it off.

let send = () => {}

document.addEventListener("tierlogic-held", (held) => send("moved", held.detail))

export default function ({ data, setStateValue }) {
  send = setStateValue
  document.dispatchEvent(new CustomEvent("tierlogic-answered", { detail: data.at }))
}
