/**
 * A weights file that can't be used. The message goes on from the file's name: "is truncated: download it again."
 */
export class UnusableFile extends Error {
  /**
   * @param problem what was found and what was expected, continuing "FILE ..."
   * @param advice what to do
   */
  constructor(problem: string, advice = 'download or convert it again') {
    super(`${problem}: ${advice}.`)
    this.name = 'UnusableFile'
  }
}
