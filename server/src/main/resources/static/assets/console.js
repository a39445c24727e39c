/* What betters the plain pages: copying, the drawer, dialogs, undo, the preview, keys. Texts come from data attributes. */
(function () {
  'use strict';
  var root = document.documentElement;
  var words = document.body.dataset;

  function copy(button) {
    var from = button.dataset.copyFrom ? document.getElementById(button.dataset.copyFrom) : null;
    var text = from ? from.textContent : button.dataset.copy;
    var label = button.textContent;
    function said() {
      button.textContent = words.copied;
      setTimeout(function () { button.textContent = label; }, 1500);
    }
    if (navigator.clipboard && isSecureContext) {
      navigator.clipboard.writeText(text).then(said, function () { byHand(text, said); });
    } else {
      byHand(text, said);
    }
  }

  /* Plain HTTP on a LAN has no clipboard interface; a selected text area still copies. */
  function byHand(text, said) {
    var area = document.createElement('textarea');
    area.value = text;
    area.className = 'skip';
    document.body.appendChild(area);
    area.select();
    if (document.execCommand('copy')) said();
    area.remove();
  }

  function drawer(button) {
    var open = document.querySelector('.side').classList.toggle('open');
    button.setAttribute('aria-expanded', String(open));
  }

  document.addEventListener('click', function (event) {
    var target = event.target.closest('button, a');
    document.querySelectorAll('details.menu[open]').forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (!target) return;
    if (target.hasAttribute('data-copy') || target.hasAttribute('data-copy-from')) copy(target);
    if (target.hasAttribute('data-theme-switch')) window.hongyanTheme();
    if (target.hasAttribute('data-menu')) drawer(target);
    if (target.dataset.dialog) document.getElementById(target.dataset.dialog).showModal();
    if (target.hasAttribute('data-close')) target.closest('dialog').close();
    if (target.dataset.width) widen(target);
  });

  function widen(button) {
    button.parentElement.querySelectorAll('[data-width]').forEach(function (one) {
      one.setAttribute('aria-pressed', String(one === button));
    });
    document.getElementById(button.dataset.frame).classList.toggle('ph320', button.dataset.width === 'phone');
  }

  /* A removal is held back for eight seconds, in which it can be taken back. */
  var held = null;
  function hold(form) {
    if (held) held.go();
    var row = form.closest('tr');
    var toast = document.createElement('div');
    toast.className = 'toast-b';
    toast.setAttribute('role', 'status');
    var text = document.createElement('span');
    text.textContent = form.dataset.undo;
    var undo = document.createElement('button');
    undo.type = 'button';
    undo.textContent = words.undo;
    toast.append(text, undo);
    document.body.appendChild(toast);
    if (row) row.hidden = true;
    function end() {
      clearTimeout(timer);
      toast.remove();
      held = null;
    }
    var timer = setTimeout(function () { end(); form.submit(); }, 8000);
    held = {
      go: function () { end(); navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form))); }
    };
    undo.addEventListener('click', function () {
      end();
      if (row) row.hidden = false;
    });
  }
  addEventListener('pagehide', function () { if (held) held.go(); });

  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.submitter && event.submitter.hasAttribute('formtarget')) return;
    if (form.dataset.undo) {
      event.preventDefault();
      hold(form);
      return;
    }
    var above = Number(form.dataset.confirmAbove || 0);
    if (form.dataset.confirm && !form.dataset.sure && (!above || Number(countOf(form)) > above)) {
      event.preventDefault();
      ask(form, event.submitter);
      return;
    }
    if (form.dataset.once !== undefined) {
      if (form.dataset.gone) event.preventDefault();
      form.dataset.gone = '1';
    }
  });
  addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-gone]').forEach(function (form) { delete form.dataset.gone; });
  });

  function countOf(form) {
    var counted = form.querySelector('[data-count]');
    return counted ? counted.dataset.count : 0;
  }

  function ask(form, submitter) {
    var dialog = document.createElement('dialog');
    var title = document.createElement('h2');
    title.textContent = form.dataset.confirm.replace('#', countOf(form));
    var acts = document.createElement('div');
    acts.className = 'act';
    var no = document.createElement('button');
    no.type = 'button';
    no.className = 'btn';
    no.textContent = words.cancel;
    var yes = document.createElement('button');
    yes.type = 'button';
    yes.className = 'btn btn-primary';
    yes.textContent = submitter ? submitter.textContent.trim() : words.go;
    no.addEventListener('click', function () { dialog.close(); });
    yes.addEventListener('click', function () {
      form.dataset.sure = '1';
      dialog.close();
      form.requestSubmit(submitter || undefined);
      delete form.dataset.sure;
    });
    dialog.addEventListener('close', function () { dialog.remove(); });
    acts.append(no, yes);
    dialog.append(title, acts);
    document.body.appendChild(dialog);
    dialog.showModal();
  }

  /* The preview is a page of its own in a sandboxed frame; the form is posted into it 400 ms after the last change. */
  function previewOf(form) {
    var button = form.querySelector('[data-preview]');
    if (!button) return;
    var timer;
    function soon() {
      clearTimeout(timer);
      timer = setTimeout(function () { form.requestSubmit(button); }, 400);
    }
    form.addEventListener('input', soon);
    form.addEventListener('change', soon);
    document.body.addEventListener('htmx:afterSettle', function (event) {
      if (event.detail.requestConfig && event.detail.requestConfig.parameters
          && event.detail.requestConfig.parameters.repair) soon();
    });
    form.requestSubmit(button);
  }
  document.querySelectorAll('form').forEach(previewOf);

  document.querySelectorAll('[data-submit-on-change]').forEach(function (control) {
    control.addEventListener('change', function () { control.form.requestSubmit(); });
  });

  document.querySelectorAll('input[type=file][data-into]').forEach(function (input) {
    input.addEventListener('change', function () {
      var file = input.files[0];
      if (!file) return;
      file.text().then(function (text) {
        var area = document.getElementById(input.dataset.into);
        area.value = text;
        input.value = '';
        area.dispatchEvent(new Event('input', { bubbles: true }));
      });
    });
  });

  /* Keys. Off inside fields; Ctrl+Enter submits the form one is in. */
  var places = { o: '/console', s: '/console/send', d: '/console/domains', t: '/console/templates', m: '/console/messages' };
  var waitingForPlace = false;
  function inField(element) {
    return element.closest('input, textarea, select, [contenteditable], dialog');
  }
  function row(step) {
    var links = Array.from(document.querySelectorAll('main .tb tbody tr a[href]')).filter(function (link) {
      return link === link.closest('tr').querySelector('a[href]');
    });
    if (!links.length) return;
    var at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + step))].focus();
  }
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      var form = event.target.closest('form') || document.querySelector('form[data-main]');
      if (form) {
        event.preventDefault();
        form.requestSubmit(form.querySelector('[data-main-button]') || undefined);
      }
      return;
    }
    if (event.key === 'Escape') {
      document.querySelectorAll('details.menu[open]').forEach(function (menu) { menu.open = false; });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    if (waitingForPlace) {
      waitingForPlace = false;
      var link = document.querySelector('.side a[href="' + places[event.key] + '"]');
      if (link) link.click();
      return;
    }
    if (event.key === 'g') waitingForPlace = true;
    else if (event.key === '/') {
      var search = document.getElementById('find');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (event.key === 'j') row(1);
    else if (event.key === 'k') row(-1);
    else if (event.key === '?') {
      var help = document.getElementById('keys');
      if (help) help.showModal();
    } else {
      var named = document.querySelector('main [data-key="' + CSS.escape(event.key) + '"]');
      if (named) {
        event.preventDefault();
        if (named.matches('a, button')) named.click();
        else named.focus();
      }
    }
  });

  var first = document.querySelector('.sum');
  if (first) first.focus();
  root.classList.add('js');
})();
