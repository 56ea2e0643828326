"""Social cards: pictures of a title, a date and labels for pages that link to the site."""
