// How this page comes by its worker: its script says so once.

type MakeWorker = () => Worker | Promise<Worker>

let make: MakeWorker | undefined

export const useWorker = (how: MakeWorker): void => {
  make = how
}

export async function newWorker(): Promise<Worker> {
  if (!make) throw new Error('this page has no worker')
  return make()
}
