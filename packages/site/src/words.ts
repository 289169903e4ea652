// What the site itself says, in both languages.
import type { Language } from './pages.ts'

const en = {
  code: 'en',
  other: '中文',
  home: 'Backprove',
  groups: {
    '': 'Guide',
    systems: 'The systems of the notes',
    verifying: 'Verifying',
    kernels: 'Kernels',
    interop: 'Beyond this engine',
    decisions: 'Decisions',
    api: 'API reference',
  } as Readonly<Record<string, string>>,
  live: 'Live',
  notes: 'Write and check notes',
  search: 'Search',
  searchHint: 'Words of the documentation',
  nothing: 'Nothing was found.',
  needsHost: 'The search needs scripts, and a site that a web server serves.',
  contents: 'On this page',
  skip: 'Skip to the text',
  navigation: 'Pages',
  untranslated: 'This page is in English.',
  source: 'Source',
  open: 'Open the live page',
  liveHere: 'Try it here',
  next: 'Next',
  nets: {
    bookCnn: 'The book’s network',
    leNet5: 'LeNet-5',
    miniResNet: 'A residual net',
    miniInception: 'An Inception net',
    gpu: 'LeNet-5 on your GPU',
  } as Readonly<Record<string, string>>,
}

export type Words = typeof en

const zh: Words = {
  code: 'zh-CN',
  other: 'English',
  home: 'Backprove',
  groups: {
    '': '指南',
    systems: '笔记中的系统',
    verifying: '验证',
    kernels: '内核',
    interop: '与其他引擎互通',
    decisions: '决策',
    api: 'API 参考',
  },
  live: '互动页面',
  notes: '书写并检查笔记',
  search: '搜索',
  searchHint: '文档中的词',
  nothing: '没有找到。',
  needsHost: '搜索需要脚本，并且网站须由 Web 服务器提供。',
  contents: '本页内容',
  skip: '跳到正文',
  navigation: '页面',
  untranslated: '本页尚为英文。',
  source: '源文件',
  open: '打开互动页面',
  liveHere: '就在这里试试',
  next: '下一页',
  nets: {
    bookCnn: '书中的网络',
    leNet5: 'LeNet-5',
    miniResNet: '残差网络',
    miniInception: 'Inception 网络',
    gpu: '在您的 GPU 上训练 LeNet-5',
  },
}

export const wordsOf = (language: Language): Words => (language === 'zh' ? zh : en)
