/** The product's mark, as in client/app/icon.svg; decoration beside its name. */
export function Logo() {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox="0 0 32 32"
      width="24"
      height="24"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="8" fill="#2962d9" />
      <path d={face} fill="#fff" />
      <path d="M16 5.5c5.2 0 8 3.6 8 8.6 0 6-3.6 12.4-8 12.4Z" fill="#a9c2f5" />
    </svg>
  )
}

const face = 'M16 5.5c5.2 0 8 3.6 8 8.6 0 6-3.6 12.4-8 12.4s-8-6.4-8-12.4c0-5 2.8-8.6 8-8.6Z'
