//! XML reading helpers: bounded parsing, joined text, places.
