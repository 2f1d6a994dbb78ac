"""Views: each draws one part of the page from an answer. None of them changes the plan."""
