export function isInstalled(root: string, options?: { omitDev?: boolean }): boolean
export function installedMegabytes(root: string): { packages: number; megabytes: number }
