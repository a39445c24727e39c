/* Runs before the first paint, so that a dark page never flashes white. */
(function (root) {
  'use strict';
  var chosen = null;
  try {
    chosen = localStorage.getItem('hy-theme');
  } catch (storageIsOff) {
    chosen = null;
  }
  var system = matchMedia('(prefers-color-scheme: dark)');
  function apply(theme) {
    root.setAttribute('data-bs-theme', theme);
    document.dispatchEvent(new Event('hy:theme'));
  }
  apply(chosen || (system.matches ? 'dark' : 'light'));
  system.addEventListener('change', function () {
    if (!chosen) apply(system.matches ? 'dark' : 'light');
  });
  window.hongyanTheme = function () {
    var next = root.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark';
    chosen = next === (system.matches ? 'dark' : 'light') ? null : next;
    try {
      if (chosen) localStorage.setItem('hy-theme', chosen);
      else localStorage.removeItem('hy-theme');
    } catch (storageIsOff) {
      /* the choice lasts for this page only */
    }
    apply(next);
  };
})(document.documentElement);
