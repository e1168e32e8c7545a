import { commands } from 'vitest/browser'
import { openPhoto } from '../../../../client/capture/open/open-photo.ts'
import { photoFormats } from '../../../photo-formats/suite.ts'

photoFormats(await commands.photoFormats(), (file, name) => openPhoto(new Blob([file]), name))
