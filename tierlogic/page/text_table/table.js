// A table of text. What it shows is put in as text, so that it is never read as HTML.

function cell(kind, { text, link }) {
  const made = document.createElement(kind)
  const words = link ? document.createElement("a") : made
  words.textContent = text
  if (link) {
    Object.assign(words, { href: link, target: "_blank", rel: "noopener" })
    made.append(words)
  }
  return made
}

function row(cells) {
  const made = document.createElement("tr")
  made.append(...cells)
  return made
}

function headed(text, scope) {
  return Object.assign(cell("th", { text }), { scope })
}

export default function ({ data, parentElement }) {
  parentElement.querySelector(".scrolls").ariaLabel = data.label
  const head = row(data.headings.map((text) => headed(text, "col")))
  const body = data.rows.map(([first, ...others]) => {
    const cells = others.map((other) => cell("td", other))
    data.wraps.forEach((column) => cells[column - 1].classList.add("wraps"))
    return row([headed(first.text, "row"), ...cells])
  })
  parentElement.querySelector("thead").replaceChildren(head)
  parentElement.querySelector("tbody").replaceChildren(...body)
}
