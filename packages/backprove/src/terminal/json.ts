// JSON as the commands print it.

/** Exact numbers as text (JSON has none that are long enough), maps as objects. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, item) => {
      if (typeof item === 'bigint') return `${item}`
      return item instanceof Map ? Object.fromEntries(item) : item
    },
    2,
  )
