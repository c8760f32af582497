/** The link to the gateway's first page. */
export function Brand() {
  return (
    <a className="brand" href="/">
      <img src="/assets/icon.svg" alt="" />
      Parley
    </a>
  );
}
