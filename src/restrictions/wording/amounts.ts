/** Digits after the point: 1 ZCN = 10^10 SAS. */
const DECIMALS = 10;

/** An amount for people, exact and without needless zeros: `12 ZCN`, `0.0000000005 ZCN`. */
export function zcn(sas: bigint): string {
  const digits = sas.toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${digits.slice(0, -DECIMALS)}${fraction === '' ? '' : `.${fraction}`} ZCN`;
}

/** In both units: `120000000000 SAS (12 ZCN)`. */
export function sasAndZcn(sas: bigint): string {
  return `${sas} SAS (${zcn(sas)})`;
}
