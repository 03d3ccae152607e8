// Loaded before the first paint, so that a chosen theme never flashes the other one.
// A file of its own, because the page's policy lets no unhashed inline script run.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme it is.
}
