// The first page of the site: plain files do not know the reader's language, so it speaks both.
import { SITE_POLICY } from './template.ts'

const ways = (language: string, names: readonly string[]): string =>
  [`${language}/index.html`, `${language}/getting-started.html`, 'live/notes.html']
    .map((href, k) => `<a href="${href}">${names[k]}</a>`)
    .join(' ')

export const WELCOME = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${SITE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Backprove</title>
<link rel="stylesheet" href="assets/site.css">
</head>
<body class="welcome">
<main>
<h1>Backprove</h1>
<section>
<p>Write a network as a graph, read its derivative as mathematics, and have your hand-derived
backprop formula proved or refuted.</p>
<p class="ways">${ways('en', ['Documentation', 'Getting started', 'Write and check notes'])}</p>
</section>
<section lang="zh-CN">
<p>把网络写成图，把它的导数当作数学来读，让手推的反向传播公式得到证明或被证伪。</p>
<p class="ways">${ways('zh', ['文档', '快速上手', '书写并检查笔记'])}</p>
</section>
<details class="live">
<summary>A network with its derivative beside it · 网络与它的导数</summary>
<iframe src="live/bookCnn.html" loading="lazy" title="bookCnn"></iframe>
</details>
</main>
</body>
</html>
`
