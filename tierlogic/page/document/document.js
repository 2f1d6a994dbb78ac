// Says which language the page is in: Streamlit says English of every page, and a screen reader reads
// it so. And asks for a run where no input changes.

const app = document.querySelector("[data-testid=stApp]")
const isConnected = () => app?.getAttribute("data-test-connection-state") === "CONNECTED"

let askForRun = () => {}
let runs = 0
const run = () => askForRun("runs", ++runs)

// A server that was started anew would else take the first change, of whatever input, for a part of
// the plan that it opens, and undo it.
let wasConnected = isConnected()
const connection = new MutationObserver(() => {
  if (isConnected() && !wasConnected) run()
  wasConnected = isConnected()
})
if (app) connection.observe(app, { attributeFilter: ["data-test-connection-state"] })

// Charts have the ink of the theme that they were drawn for.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", run)

export default function ({ data, setStateValue }) {
  document.documentElement.lang = data.language
  askForRun = setStateValue
}
