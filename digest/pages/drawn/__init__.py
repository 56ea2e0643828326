"""Pictures drawn from the content: maps, label timelines, calendars of articles, label bars; numbers in, shapes out."""
