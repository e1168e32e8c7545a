import { DirectionalLight, Group, HemisphereLight, Vector3 } from 'three'

/** The main light stands this high, radians. */
const keyHeight = 0.5
/** The lights behind the head stand this far around from the eye, radians, and this high. */
const rim = { around: 2.35, height: 0.35 }

/**
 * The lights of a portrait studio: a soft one all around, brighter from above, a main one, and two behind the head that set it
 * off from the wall. They stay where the eye is, so that a head that is turned, turns in the light. Skin that looks at the eye
 * is about as bright as without them.
 */
export class Studio extends Group {
  readonly #key = new DirectionalLight(0xfff4e8, Math.PI * 0.62)
  readonly #rims = [-1, 1].map(() => new DirectionalLight(0xeaf1ff, Math.PI * 0.42))

  constructor() {
    super()
    this.add(new HemisphereLight(0xf6f9ff, 0xb4a89c, Math.PI * 0.62))
    for (const light of [this.#key, ...this.#rims]) this.add(light, light.target)
  }

  /**
   * @param azimuth the eye's, radians, see Orbit
   * @param key degrees to the eye's right from which the main light comes
   * @param center what the lights look at
   */
  place(azimuth: number, key: number, center: Vector3): void {
    const stand = (light: DirectionalLight, angle: number, height: number) => {
      const level = Math.cos(height)
      const towards = new Vector3(level * Math.sin(angle), Math.sin(height), level * Math.cos(angle))
      light.target.position.copy(center)
      light.position.copy(center).add(towards)
    }
    stand(this.#key, azimuth + (key * Math.PI) / 180, keyHeight)
    for (const [i, light] of this.#rims.entries())
      stand(light, azimuth + (i === 0 ? -1 : 1) * rim.around, rim.height)
  }
}
