/** The eleven countries of ASEAN and China, as ISO 3166 names them. */
export const COUNTRIES = ['BN', 'CN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'TL', 'VN'] as const;
