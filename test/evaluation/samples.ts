import type { CasesOf } from './context.ts'
import { celeba } from './data/celeba.ts'
import { ffhq } from './data/ffhq.ts'
import { samplesIn } from './data/folder.ts'
import { ofHalf } from './data/halves.ts'
import { multiPie, pairs } from './data/multi-pie.ts'
import { scansIn } from './data/scan.ts'
import type { Options } from './options.ts'
import { photosOf } from './protocols/folder.ts'
import { multiPieCases } from './protocols/multi-pie.ts'
import { occlusion } from './protocols/occlusion.ts'
import { scan } from './protocols/scan.ts'
import { yaw } from './protocols/yaw.ts'
import type { Protocol, Sample } from './types.ts'

/**
 * A protocol's photos, and how each becomes cases.
 *
 * @throws CommandError where the data set is not there
 */
export async function samplesOf(
  protocol: Protocol,
  { photos = '', gt = '', half }: Pick<Options, 'photos' | 'gt' | 'half'>,
): Promise<{ samples: Sample[]; casesOf: CasesOf }> {
  switch (protocol) {
    case 'yaw':
      return { samples: await portraits({ photos, half }), casesOf: yaw }
    case 'occlusion':
      return { samples: await portraits({ photos, half }), casesOf: occlusion }
    case 'scan':
      return { samples: await scansIn(gt), casesOf: scan }
    case 'folder':
      return { samples: await portraits({ photos, half }), casesOf: photosOf('folder') }
    case 'ffhq':
      return { samples: await ffhq(photos), casesOf: photosOf('ffhq') }
    case 'celeba':
      return { samples: await celeba(photos), casesOf: photosOf('celeba') }
    case 'multi-pie': {
      const found = pairs(await multiPie(photos))
      return { samples: found.map(({ from }) => from), casesOf: multiPieCases(found) }
    }
  }
}

/** The photos of a folder, or those of one half. @throws CommandError where there are none */
export async function portraits({ photos = '', half }: Pick<Options, 'photos' | 'half'>): Promise<Sample[]> {
  const all = await samplesIn(photos)
  return half ? ofHalf(all, half) : all
}
