// What training data did to an activation, in Chinese.

/** The sentence of `describeHealth` of nn in Chinese. */
export const healthInChinese = (text: string): string =>
  text
    .replace(/: ([\d.]+) % of the values saturated$/, '：$1 % 的值饱和')
    .replace(/: (\d+) of (\d+) units dead$/, '：$2 个单元中有 $1 个失活')
