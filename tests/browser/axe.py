"""axe-core in the page: which accessibility rules it breaks, but for what is Streamlit's own."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

STREAMLITS_OWN = {
    # The drop zone of a file uploader is marked as decoration and has a name all the same. What
    # is operated is the button in it, and that has a role and a name.
    "presentation-role-conflict": "[data-testid=stFileUploaderDropzone]",
    # An input that is off has a pale label. WCAG asks no contrast of what is off, and axe-core
    # leaves it out where the label is tied to its input; that of a slider or a date is not.
    "color-contrast": "[data-testid=stWidgetLabel][disabled]",
    # Year, month and day of a date stand 22 pixels apart. The calendar beside them chooses the
    # same day with targets that are large enough.
    "target-size": "[data-testid=stDateInput] [role=spinbutton]",
    # The link past the header is content to axe-core, unless the link after it is in the document
    # itself: the table of unlocks has its links within a component.
    "region": "[data-testid=stSkipToContent]",
}
"""What breaks a rule on every Streamlit page, as a selector by rule."""

_RUN = """
async ([rules, excused]) => {
  const app = document.querySelector("[data-testid=stApp]")
  let hasRun = Boolean(
    app && (app.dataset.testScriptState !== "notRunning" || app.querySelector("[data-stale=true]")),
  )
  const watch = new MutationObserver(() => (hasRun = true))
  if (app) watch.observe(app, { attributeFilter: ["data-test-script-state"] })
  document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
    .forEach((one) => one.finish())
  const options = rules.length
    ? { runOnly: rules }
    : { rules: { "target-size": { enabled: true } } }
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options })
  watch.disconnect()
  if (hasRun) return null
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter(({ target }) => {
        const element = document.querySelector(target[0])
        return !(excused[id] && element?.closest(excused[id]))
      })
      .map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary}`))
}
"""


def broken_rules(page: Page, *rules: str) -> list[str]:
    """Say what breaks a rule of axe-core once the page has come to rest, element by element.

    Args:
        page: an open page.
        rules: the only ones to look at; none: all of WCAG 2.2 AA, and what axe-core advises.
    """
    before: list[str] | None = None
    while True:
        app = page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        expect(page.locator("[data-stale=true]")).to_have_count(0)
        # What a run leaves for a moment is pale, or has no name yet, and is no state of the page:
        # what breaks a rule in a state breaks it at a second look too.
        found = broken_in_document(page, *rules)
        if found == [] or (found is not None and found == before):
            return found
        before = found


def broken_in_document(page: Page, *rules: str) -> list[str] | None:
    """Say the same of any document, such as a report; None where the page has run meanwhile."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] | None = page.evaluate(_RUN, [list(rules), STREAMLITS_OWN])
    return found
