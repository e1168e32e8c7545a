/** The words of the sliders that move a head's face: the page's and a shared head's. */
export const sliders = {
  en: {
    groups: {
      smile: 'Smile',
      frown: 'Corners down',
      jawOpen: 'Open mouth',
      pucker: 'Pucker',
      blink: 'Close eyes',
      browsUp: 'Raise brows',
      browsDown: 'Lower brows',
      cheekPuff: 'Puff cheeks',
    },
    single: 'Any one',
    strength: 'How strong',
    reset: 'At rest',
  },
  de: {
    groups: {
      smile: 'Lächeln',
      frown: 'Mundwinkel senken',
      jawOpen: 'Mund öffnen',
      pucker: 'Mund spitzen',
      blink: 'Augen schließen',
      browsUp: 'Brauen heben',
      browsDown: 'Brauen senken',
      cheekPuff: 'Wangen aufblasen',
    },
    single: 'Einzeln',
    strength: 'Wie stark',
    reset: 'In Ruhe',
  },
}
