// Tells the sliders of the page which of their messages the page has answered.

export default function ({ data }) {
  document.dispatchEvent(new CustomEvent("tierlogic-answered", { detail: data.at }))
}
