/** What a `.tar.gz` is known by. */
export interface ArchiveFacts {
    /** SHA-256 of the archive's bytes, in hex. */
    readonly sha256: string;
    /**
     * SHA-256 of the tar inside, in hex: the name to give the content. zlib differs between versions of Node and kinds of
     * CPU, so one tree may have archives of different bytes, but only one tar.
     */
    readonly contentSha256: string;
    /** Bytes of the archive. */
    readonly size: number;
    /** Bytes of the files inside. */
    readonly unpackedSize: number;
}
