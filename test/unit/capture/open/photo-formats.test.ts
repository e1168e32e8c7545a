import { decodePhotoFile } from '../../../../client/capture/open/decode-file.ts'
import { givenTo } from '../../../photo-formats/given.ts'
import { photoFormats } from '../../../photo-formats/suite.ts'

photoFormats(await givenTo('node'), decodePhotoFile)
